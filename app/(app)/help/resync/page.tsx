import { HelpPage, helpMetadata } from '../shared/help-page.tsx';

export const generateMetadata = () => helpMetadata('resync');

export default function ResyncHelpPage() {
  return <HelpPage topic="resync" />;
}
