import type { Metric } from '../lib/receive/log/metrics';
import { namespaceOf } from '../lib/telemetry';
import type { Resources, Settings } from './settings';

/** The logical ids that the framework generates. */
export const API_ID = 'HttpApi';
const STAGE_ID = 'HttpApiStage';
const LOG_GROUP_ID = 'HttpApiLogGroup';

/** The metric of requests that API Gateway itself rejected, if it logs them. */
export const GATEWAY_REFUSED = 'GatewayRefused';
/** Without an alarm of their own, they are counted here. */
const TOO_LARGE: Metric = 'TooLarge';

const DOMAIN_ID = 'Domain';

/** The base URL of webhooks. */
export const baseUrl = ({ domain }: Pick<Settings, 'domain'>): object | string =>
  domain
    ? `https://${domain.name}`
    : { 'Fn::Sub': `https://\${${API_ID}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };

/**
 * Counts requests that API Gateway rejected before they reached the function, which counts the others. The
 * status of the integration is Lambda's: 200 if the function answered.
 */
export const accessLogResources = ({ config: { stage }, alarms }: Settings): Resources => ({
  GatewayRefusedFilter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: { Ref: LOG_GROUP_ID },
      FilterPattern: '{ ($.status = "413" || $.status = "429") && $.integrationStatus != "200" }',
      MetricTransformations: [
        {
          MetricNamespace: namespaceOf(stage),
          MetricName: alarms === 'all' ? GATEWAY_REFUSED : TOO_LARGE,
          MetricValue: '1',
        },
      ],
    },
  },
});

/** A custom domain, if one is configured. */
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

/** The target of the domain's DNS record. */
export const domainOutputs = ({ domain }: Settings): Record<string, object> =>
  domain
    ? {
        DomainTarget: {
          Description: `The target of a CNAME or ALIAS record of ${domain.name}`,
          Value: { 'Fn::GetAtt': [DOMAIN_ID, 'RegionalDomainName'] },
        },
        DomainTargetHostedZone: {
          Description: 'The hosted zone of that target, for an ALIAS record',
          Value: { 'Fn::GetAtt': [DOMAIN_ID, 'RegionalHostedZoneId'] },
        },
      }
    : {};

/** Overrides of the framework's resources. An override replaces a whole property. */
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
 * The format of the access log: JSON, since API Gateway escapes each variable as text.
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
