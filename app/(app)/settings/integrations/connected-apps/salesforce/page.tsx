import { redirect } from 'next/navigation';
import { healthPath } from '#components/connections/app-identity.ts';

export default function SalesforcePage(): never {
  redirect(healthPath);
}
