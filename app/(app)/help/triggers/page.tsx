import { HelpPage, helpMetadata } from '../shared/help-page.tsx';

export const generateMetadata = () => helpMetadata('triggers');

export default function TriggersHelpPage() {
  return <HelpPage topic="triggers" />;
}
