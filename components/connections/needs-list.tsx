import type { LucideIcon } from 'lucide-react';

/** What one needs before one starts: each with an icon, a name and a sentence. */
export function NeedsList({
  needs,
}: {
  needs: readonly { id: string; icon: LucideIcon; title: string; text: string }[];
}) {
  return (
    <ul className="grid gap-4 rounded-card border border-line-card p-5 max-md:p-4">
      {needs.map(({ id, icon: Icon, title, text }) => (
        <li key={id} className="flex gap-3">
          <Icon size={18} aria-hidden className="mt-px shrink-0 text-accent" />
          <div className="min-w-0">
            <p className="font-medium">{title}</p>
            <p className="text-small text-text-subtle">{text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
