import { redirect } from 'next/navigation';
import { settingsPaths } from '#components/connections/app-identity.ts';

export default function SalesforcePage(): never {
  redirect(settingsPaths.salesforce);
}
