import { z } from 'zod';
import { locales } from '#lib/i18n/locales.ts';

export const roleSchema = z.enum(['admin', 'viewer']);
export type Role = z.infer<typeof roleSchema>;

export const userParamsSchema = z.strictObject({ id: z.uuid() });
export const userPatchSchema = z.strictObject({ role: roleSchema });
/** What a person sets for themselves. */
export const myPatchSchema = z.strictObject({ locale: z.enum(locales) });

export const userViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  /** HubSpot makes them an admin again at each log-in. */
  isSuperAdmin: z.boolean(),
  lastLoginAt: z.iso.datetime().nullable(),
  isYou: z.boolean(),
});
export type UserView = z.infer<typeof userViewSchema>;

export const usersSchema = z.object({ users: z.array(userViewSchema), canEdit: z.boolean() });
export type Users = z.infer<typeof usersSchema>;

/** What next-auth answers. */
export const csrfSchema = z.object({ csrfToken: z.string() });
/** Of somebody without a session it says nothing. */
export const sessionSchema = z.object({ expires: z.iso.datetime().optional() });
export const nextAddressSchema = z.object({ url: z.url() });
