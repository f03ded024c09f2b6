import {
  Briefcase,
  Building2,
  Calendar,
  CircleCheck,
  CircleUserRound,
  FileText,
  Hash,
  Layers,
  type LucideIcon,
  Mail,
  Shapes,
  SquareCheck,
  ToggleLeft,
  Type,
  User,
} from 'lucide-react';
import type { Phrase } from '#lib/segments/filter/describe.ts';
import type { PropertyType } from '#lib/segments/schemas.ts';

const typeIcons: Record<PropertyType | 'segment', LucideIcon> = {
  text: Type,
  choice: CircleCheck,
  multiChoice: SquareCheck,
  number: Hash,
  date: Calendar,
  dateTime: Calendar,
  yesNo: ToggleLeft,
  owner: CircleUserRound,
  segment: Layers,
};

/** The kind of values that a property holds. */
export function TypeIcon({ type }: { type: PropertyType | 'segment' }) {
  const Icon = typeIcons[type];
  return <Icon size={16} aria-hidden className="shrink-0" />;
}

const objectIcons: Record<Phrase['object'], LucideIcon> = {
  contact: User,
  company: Building2,
  deal: Briefcase,
  ticket: FileText,
  other: Shapes,
};

/** What a filter is about: a person, a company, a segment, a form. */
export function FilterIcon({ phrase }: { phrase: Phrase | undefined }) {
  const Icon = phrase ? iconOf(phrase) : Shapes;
  return <Icon size={18} aria-hidden className="mt-px shrink-0 text-text-subtle" />;
}

function iconOf({ subject, object }: Phrase): LucideIcon {
  if (subject.kind === 'property') return objectIcons[object];
  if (subject.type === 'IN_LIST') return Layers;
  if (subject.type.startsWith('FORM')) return FileText;
  if (subject.type.startsWith('EMAIL')) return Mail;
  return object === 'contact' ? Shapes : objectIcons[object];
}
