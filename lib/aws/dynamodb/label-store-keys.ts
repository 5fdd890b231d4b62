/** The key schema of the table of the label store, on AWS and on a laptop. */
export const labelStoreKeys = {
  AttributeDefinitions: [
    { AttributeName: 'key', AttributeType: 'S' as const },
    { AttributeName: 'item', AttributeType: 'S' as const },
  ],
  KeySchema: [
    { AttributeName: 'key', KeyType: 'HASH' as const },
    { AttributeName: 'item', KeyType: 'RANGE' as const },
  ],
  BillingMode: 'PAY_PER_REQUEST' as const,
};
