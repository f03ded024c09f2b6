import { expect, test } from '@playwright/test';
import { beginAnew, hubspot, salesforce, soql } from './support/app.ts';
import { article, inclusionSetting } from './support/inclusion-setting.ts';
import { resync } from './support/resync.ts';
import { connect, enter } from './support/sign-in.ts';
import { words } from './support/words.ts';

const salesReady = 'Sales-ready contacts, EMEA and US';
const t = words('en');

type Requests = { writes: { created: number; changed: number; deleted: number } };

test.describe('resync', () => {
  test.beforeEach(async ({ page }) => {
    await beginAnew();
    await enter(page.request);
    await connect(page.request);
    await page.goto('/segments');
  });

  test('brings the members to Salesforce once, and a second one writes nothing', async ({ page }) => {
    const setting = inclusionSetting(page, article.en, t);
    const before = await soql('SELECT Id, Email FROM Lead');
    const contactsBefore = await soql('SELECT Id, Email FROM Contact');
    await setting.open();
    await setting.choose(salesReady);

    await resync(page);
    const leads = await soql('SELECT Id, Email FROM Lead');
    const contacts = await soql('SELECT Id, Email FROM Contact');
    expect(contacts.length).toBe(contactsBefore.length);
    expect(leads.length).toBeGreaterThan(before.length + 300);
    const known = new Set([...before, ...contactsBefore].map(({ Email }) => String(Email).toLowerCase()));
    const added = leads.filter(({ Id }) => !before.some((lead) => lead.Id === Id));
    expect(added.filter(({ Email }) => known.has(String(Email).toLowerCase()))).toEqual([]);
    expect(new Set(added.map(({ Email }) => String(Email).toLowerCase())).size).toBe(added.length);

    const first = (await salesforce.get('requests')) as Requests;
    const hubspotFirst = (await hubspot.get('requests')) as Requests;
    await page
      .getByRole('region', { name: t('common.notifications') })
      .getByRole('button', { name: t('common.close') })
      .first()
      .click();
    await resync(page);
    expect(((await salesforce.get('requests')) as Requests).writes).toEqual(first.writes);
    expect(((await hubspot.get('requests')) as Requests).writes).toEqual(hubspotFirst.writes);
  });
});
