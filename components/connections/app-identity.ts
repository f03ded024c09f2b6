import type { App } from '#lib/connections/schemas.ts';

/** How each app is drawn: two letters on a neutral tint, never its logo. */
export const appTiles: Record<App, { letters: string; tint: 1 | 2 }> = {
  hubspot: { letters: 'HS', tint: 2 },
  salesforce: { letters: 'SF', tint: 1 },
};

const root = '/settings/integrations';
export const connectedAppsPath = `${root}/connected-apps`;

/** Where an app's settings are. */
export const settingsPaths: Record<App, string> = {
  hubspot: `${connectedAppsPath}/hubspot`,
  salesforce: `${connectedAppsPath}/salesforce/contacts`,
};

/** Calls, errors and pauses of the sync with Salesforce. */
export const healthPath = `${connectedAppsPath}/salesforce/sync-health`;

/** Where contacts of Salesforce are imported. */
export const importPath = `${connectedAppsPath}/salesforce/import`;

/** Which properties sync with which fields. */
export const mappingsPath = `${settingsPaths.salesforce}/mappings`;

/** Where an app is connected. */
export const wizardPaths: Record<App, string> = {
  hubspot: `${root}/connect/hubspot`,
  salesforce: `${root}/connect/salesforce`,
};

/** What a change of the Inclusion List changes, beside the setting. */
export function switchPath(changeId: string): string {
  return `${settingsPaths.salesforce}?change=${changeId}`;
}
