import { redirect } from 'next/navigation';
import { connectedAppsPath } from '#components/connections/app-identity.ts';

export default function HomePage(): never {
  redirect(connectedAppsPath);
}
