import { hideNodeWarning } from '../lib/aws/client/hide-node-warning';
import { expectDeployable } from './expect-deployable';
import { expectNothingLeftBehind } from './expect-nothing-left-behind';
import type { Client, Template } from './left-behind';

/** The parts of the framework that the plugin uses. */
interface Serverless {
  readonly service: {
    readonly provider: { readonly compiledCloudFormationTemplate: Template };
  };
  getProvider(name: 'aws'): {
    getRegion(): string;
    getStage(): string;
    getAwsSdkV3Config(): Promise<Client>;
    readonly naming: { getStackName(): string };
  };
}

/** Checks the framework's template before AWS does. */
export class Plugin {
  readonly hooks: Readonly<Record<string, () => unknown>>;

  constructor(serverless: Serverless) {
    hideNodeWarning();
    const template = () => serverless.service.provider.compiledCloudFormationTemplate;
    const aws = serverless.getProvider('aws');
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () =>
        expectDeployable(template(), aws.getRegion()),
      'before:aws:deploy:deploy:createStack': async () =>
        expectNothingLeftBehind(
          { template: template(), stackName: aws.naming.getStackName(), stage: aws.getStage() },
          await aws.getAwsSdkV3Config(),
        ),
    };
  }
}
