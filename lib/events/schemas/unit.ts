import * as z from 'zod';

export const unit = z
  .string()
  .describe(
    'The unit of the coordinates if it is not pixels: `percent` of the image, `page` from 0 to 1, or as the platform names it.',
  )
  .optional();
