import { namespaceOf } from '../lib/telemetry';
import type { Resources, Settings } from './settings';

/** The logical ids that the framework gives. */
export const API_ID = 'HttpApi';
const STAGE_ID = 'HttpApiStage';
const LOG_GROUP_ID = 'HttpApiLogGroup';

/** The metric of requests that API Gateway refused itself, as far as it logs them. */
export const GATEWAY_REFUSED = 'GatewayRefused';

const DOMAIN_ID = 'Domain';

/** What comes before the path of a webhook. */
export const baseUrl = ({ domain }: Settings): object | string =>
  domain
    ? `https://${domain.name}`
    : { 'Fn::Sub': `https://\${${API_ID}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };

/**
 * Counts what API Gateway refused without a function, which counts the rest: the status of the
 * integration is what Lambda said of the call, 200 where the function answered.
 */
export const accessLogResources = ({ config: { stage } }: Settings): Resources => ({
  GatewayRefusedFilter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: { Ref: LOG_GROUP_ID },
      FilterPattern: '{ ($.status = "413" || $.status = "429") && $.integrationStatus != "200" }',
      MetricTransformations: [
        { MetricNamespace: namespaceOf(stage), MetricName: GATEWAY_REFUSED, MetricValue: '1' },
      ],
    },
  },
});

/** A domain of the user's own, where there is one. */
export const domainResources = ({ domain }: Settings): Resources =>
  domain
    ? {
        [DOMAIN_ID]: {
          Type: 'AWS::ApiGatewayV2::DomainName',
          Properties: {
            DomainName: domain.name,
            DomainNameConfigurations: [
              {
                CertificateArn: domain.certificateArn,
                EndpointType: 'REGIONAL',
                SecurityPolicy: 'TLS_1_2',
              },
            ],
          },
        },
        DomainMapping: {
          Type: 'AWS::ApiGatewayV2::ApiMapping',
          Properties: {
            ApiId: { Ref: API_ID },
            DomainName: { Ref: DOMAIN_ID },
            Stage: { Ref: STAGE_ID },
          },
        },
      }
    : {};

/** Where the domain's DNS record must point. */
export const domainOutputs = ({ domain }: Settings): Record<string, object> =>
  domain
    ? {
        DomainTarget: {
          Description: `What a CNAME or ALIAS record of ${domain.name} points to`,
          Value: { 'Fn::GetAtt': [DOMAIN_ID, 'RegionalDomainName'] },
        },
        DomainTargetHostedZone: {
          Description: 'The hosted zone of it, for an ALIAS record',
          Value: { 'Fn::GetAtt': [DOMAIN_ID, 'RegionalHostedZoneId'] },
        },
      }
    : {};

/** Changes to what the framework makes. It replaces properties whole. */
export const apiExtensions = ({ throttle }: Settings): Record<string, object> =>
  throttle
    ? {
        [STAGE_ID]: {
          Properties: {
            DefaultRouteSettings: {
              DetailedMetricsEnabled: false,
              ThrottlingRateLimit: throttle.rate,
              ThrottlingBurstLimit: throttle.burst,
            },
          },
        },
      }
    : {};

/**
 * A line of the access log: JSON, since each variable is text that API Gateway escapes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const accessLogFormat = async (): Promise<string> =>
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    ip: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    protocol: '$context.protocol',
    status: '$context.status',
    responseBytes: '$context.responseLength',
    responseMilliseconds: '$context.responseLatency',
    integrationStatus: '$context.integrationStatus',
    integrationMilliseconds: '$context.integrationLatency',
    integrationError: '$context.integrationErrorMessage',
    error: '$context.error.message',
  });
