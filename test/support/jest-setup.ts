// The tools run on Node 20 too; the SDK's reminder that its next version will not says nothing new.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
