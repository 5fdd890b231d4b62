import { readConcurrency } from '../../aws/read-concurrency';
import { readThrottle } from '../../aws/read-throttle';
import type { Check } from '../check';
import { type Finding, ok, problem, skipped, warning } from '../finding';

/** The concurrency that an account needs before a function can reserve some. New accounts have 10. */
const ENOUGH_CONCURRENCY = 100;

/** Checks the concurrency of the account and the throttling of the API. */
export const capacity: Check = async ({ deployment, paste }) => {
  const { apiId, config } = deployment;
  if (apiId === undefined) return [skipped('capacity', '`npm start` has no limits')];
  const concurrency = await readConcurrency(config);
  const { rate, burst } = await readThrottle(apiId, config);
  return [judgeConcurrency(concurrency, paste.aws), judgeThrottle(apiId, rate, burst, paste.aws)];
};

function judgeConcurrency(concurrency: number, aws: (command: string) => string): Finding {
  const found = `the account allows ${concurrency} concurrent executions`;
  if (concurrency >= ENOUGH_CONCURRENCY) return ok('concurrency', found);
  const fix = aws(
    'service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
  );
  return warning('concurrency', `${found}: deliveries beyond that are answered 503, and lost`, fix);
}

function judgeThrottle(
  apiId: string,
  rate: number | undefined,
  burst: number | undefined,
  aws: (command: string) => string,
): Finding {
  const limits = [
    ...(rate === undefined ? [] : [`${rate} requests a second`]),
    ...(burst === undefined ? [] : [`${burst} at once`]),
  ];
  if (limits.length === 0) return ok('throttling', "the API only has the account's limits");
  const found = `the API allows ${limits.join(', ')}`;
  if (rate !== 0 && burst !== 0) return ok('throttling', found);
  const fix = aws(
    `apigatewayv2 update-stage --api-id ${apiId} --stage-name '$default' --default-route-settings ThrottlingRateLimit=10000,ThrottlingBurstLimit=5000`,
  );
  return problem('throttling', `${found}: every delivery is answered 429, and lost`, fix);
}
