import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { patientOptions, type Where } from '../../lib/aws/operate/clients';
import { onceFor } from '../../lib/aws/operate/once-for';

export const apiGateway = onceFor((where: Where) => new ApiGatewayV2Client(patientOptions(where)));
export const cloudFormation = onceFor(
  (where: Where) => new CloudFormationClient(patientOptions(where)),
);
export const cloudWatch = onceFor((where: Where) => new CloudWatchClient(patientOptions(where)));
export const lambda = onceFor((where: Where) => new LambdaClient(patientOptions(where, 900)));
export const secretsManager = onceFor(
  (where: Where) => new SecretsManagerClient(patientOptions(where)),
);
