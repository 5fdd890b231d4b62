/** The error names of AWS for credentials that are missing, wrong or expired. */
const WRONG =
  /^(CredentialsProviderError|UnrecognizedClient|Invalid(ClientTokenId|AccessKeyId|Signature|Token)|ExpiredToken|TokenRefreshRequired|(Missing|Incomplete)(AuthenticationToken|Signature)|SignatureDoesNotMatch)/;
const TOO_LITTLE =
  /^(Kms|KMS\.?)?AccessDenied|^(NotAuthorized|UnauthorizedOperation|OptInRequired)/;

/** The problem with the credentials, by an error of AWS; undefined for any other error. */
export function whyDenied(error: unknown): 'wrong' | 'too little' | undefined {
  if (!(error instanceof Error)) return undefined;
  if (WRONG.test(error.name)) return 'wrong';
  return TOO_LITTLE.test(error.name) ? 'too little' : undefined;
}
