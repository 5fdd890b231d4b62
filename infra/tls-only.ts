/** A policy statement that denies plain HTTP. */
export const tlsOnly = (service: 's3' | 'sqs', Resource: object): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: `${service}:*`,
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});
