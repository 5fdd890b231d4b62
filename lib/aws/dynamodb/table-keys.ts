/** The key schema of the tables of our own workers, on AWS and on a laptop. */
export const tableKeys = {
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
