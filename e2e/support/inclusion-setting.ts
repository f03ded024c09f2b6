import { expect, type Page } from '@playwright/test';
import { untilAlive } from './alive.ts';
import type { Words } from './words.ts';

/** What the help article calls things, to the letter; everything else comes from the message files. */
export const article = {
  en: {
    settings: 'Settings',
    integrations: 'Integrations',
    apps: 'Connected Apps',
    contacts: 'Contacts',
    limiting: 'Limiting what syncs',
    list: 'Inclusion List',
    create: 'Create Inclusion List',
    review: 'Review and save',
  },
  'pt-BR': {
    settings: 'Configurações',
    integrations: 'Integrações',
    apps: 'Apps conectados',
    contacts: 'Contatos',
    limiting: 'Limitando o que é sincronizado',
    list: 'Lista de inclusão',
    create: 'Criar Lista de inclusão',
    review: 'Revisar e salvar',
  },
  es: {
    settings: 'Configuración',
    integrations: 'Integraciones',
    apps: 'Aplicaciones conectadas',
    contacts: 'Contactos',
    limiting: 'Limitar lo que se sincroniza',
    list: 'Lista de inclusión',
    create: 'Crear lista de inclusión',
    review: 'Revisar y guardar',
  },
  // The only article that goes by the index of segments, which it calls lists.
  it: {
    settings: 'Impostazioni',
    integrations: 'Integrazioni',
    apps: 'App connesse',
    contacts: 'Contatti',
    limiting: 'Limitazione della sincronizzazione',
    list: 'Elenco di inclusione',
    create: 'Crea elenco di inclusione',
    tool: 'Elenchi',
    createInTool: 'Crea elenco',
    review: 'Rivedi e salva',
  },
  // Two names stay English in the Danish article.
  da: {
    settings: 'Indstillinger',
    integrations: 'Integrationer',
    apps: 'Forbundne apps',
    contacts: 'Kontakter',
    limiting: 'Begrænsning af synkronisering',
    list: 'Inclusion List',
    create: 'Create Inclusion List',
    review: 'Gennemse og gem',
  },
  fr: {
    settings: 'Paramètres',
    integrations: 'Intégrations',
    apps: 'Applications connectées',
    contacts: 'Contacts',
    limiting: 'Limiter les synchronisations',
    list: 'Liste d’inclusion',
    create: 'Créer une liste inclusive',
    review: 'Vérifier et enregistrer',
  },
} as const;

type ArticleLabels = (typeof article)[keyof typeof article];

export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a person does with the setting *Inclusion List*, by the names of one language. */
export function inclusionSetting(page: Page, labels: ArticleLabels, t: Words) {
  const section = page.getByRole('region', { name: labels.limiting });
  const field = section.getByRole('button', { name: new RegExp(`^${labels.list}, `) });
  const chosen = (segment: string) =>
    section.getByRole('button', { name: `${labels.list}, ${segment}`, exact: true });

  return {
    section,
    field,
    chosen,
    /** The article's way there: gear, Integrations > Connected Apps, Salesforce, Contacts. */
    async open(): Promise<void> {
      await page.getByRole('link', { name: labels.settings, exact: true }).click();
      // The sidebar of the page before may show another part as open.
      await page.waitForURL('**/settings/general');
      const sidebar = page.getByRole('navigation', { name: labels.settings });
      const integrations = sidebar.getByRole('button', { name: labels.integrations });
      // Open already where one of its pages was left.
      if ((await integrations.getAttribute('aria-expanded')) === 'false') await integrations.click();
      await sidebar.getByRole('link', { name: labels.apps }).click();
      await page.getByRole('main').getByRole('link', { name: 'Salesforce', exact: true }).click();
      await page
        .getByRole('navigation', { name: t('settings.tabs') })
        .getByRole('link', { name: labels.contacts })
        .click();
      await expect(section).toBeVisible();
    },
    /** Picks it in the menu; the setting saves itself. */
    async choose(segment: string): Promise<void> {
      await untilAlive(field);
      await field.click();
      const menu = page.getByRole('dialog', { name: t('settings.limit.menu') });
      await menu.getByRole('combobox', { name: t('settings.limit.search') }).fill(segment);
      await menu.getByRole('option', { name: new RegExp(`^${literally(segment)}`) }).click();
      await expect(chosen(segment)).toBeVisible();
      await expect(page.getByText(t('common.saved'), { exact: true })).toBeVisible();
    },
  };
}
