import Link from 'next/link';
import type { ReactNode } from 'react';
import { Avatar } from './avatar.tsx';

export interface PersonRowProps {
  /** A name, or what stands for it. */
  name: string;
  /** Null: there is no page of this person. */
  href: string | null;
  /** Null where it already stands for the name. */
  email: string | null;
  /** A sentence, subtle. */
  note: ReactNode;
  /** Tags at the end. */
  children?: ReactNode;
}

/** One person in a list, as an `li`. */
export function PersonRow({ name, href, email, note, children }: PersonRowProps) {
  return (
    <li className="flex items-center gap-3 border-line border-b py-2.5">
      <Avatar name={name} />
      <div className="min-w-0 flex-1">
        {href === null ? (
          <span className="block truncate font-medium">{name}</span>
        ) : (
          <Link href={href} className="block truncate font-medium">
            {name}
          </Link>
        )}
        {email && <span className="block truncate text-small text-text-subtle">{email}</span>}
        {note && <span className="block text-small text-text-subtle">{note}</span>}
      </div>
      {children}
    </li>
  );
}
