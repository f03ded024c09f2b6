import { HelpPage, helpMetadata } from '../shared/help-page.tsx';

export const generateMetadata = () => helpMetadata('criteria');

export default function CriteriaHelpPage() {
  return <HelpPage topic="criteria" />;
}
