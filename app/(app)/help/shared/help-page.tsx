import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Card } from '#components/ui/card.tsx';
import { requireActor } from '#lib/auth/server/require-actor.ts';

const topics = ['resync', 'criteria', 'triggers'] as const;
type Topic = (typeof topics)[number];
const parts = ['first', 'second', 'third'] as const;

export async function helpMetadata(topic: Topic): Promise<Metadata> {
  return { title: (await getTranslations('help'))(`topics.${topic}.title`) };
}

/** One topic in three short parts, and the way to the others. */
export async function HelpPage({ topic }: { topic: Topic }) {
  await requireActor();
  const t = await getTranslations('help');
  return (
    <div>
      <PageHead title={t(`topics.${topic}.title`)} description={t(`topics.${topic}.lead`)} />
      <PageBody
        aside={
          <Card title={t('more')} isAside>
            <ul className="mt-3 grid gap-2">
              {topics
                .filter((other) => other !== topic)
                .map((other) => (
                  <li key={other}>
                    <Link href={`/help/${other}`}>{t(`topics.${other}.title`)}</Link>
                  </li>
                ))}
            </ul>
          </Card>
        }
      >
        {parts.map((part) => (
          <Card key={part} title={t(`topics.${topic}.${part}.title`)}>
            <p className="mt-2 max-w-[68ch]">{t(`topics.${topic}.${part}.text`)}</p>
          </Card>
        ))}
      </PageBody>
    </div>
  );
}
