// The tools support Node 20 too. The warning that the next version of the SDK will not is no news.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
