import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

const everywhere = ['common', 'shell'];

/** Hands the browser the messages that a part of the app needs, not all of them. */
export async function ClientMessages(props: { namespaces?: string[]; children: ReactNode }) {
  const all = await getMessages();
  const messages: AbstractIntlMessages = {};
  for (const name of [...everywhere, ...(props.namespaces ?? [])]) {
    const namespace = all[name];
    if (namespace !== undefined) messages[name] = namespace;
  }
  return <NextIntlClientProvider messages={messages}>{props.children}</NextIntlClientProvider>;
}
