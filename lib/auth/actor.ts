/** Who asks: one HubSpot user of one workspace. Safe in the browser. */
export type Actor = {
  userId: string;
  workspaceId: string;
  role: 'admin' | 'viewer';
  name: string;
  email: string;
  /** Hash of the session, to which consents under way are bound. */
  sessionHash: string;
  /** From where a request came; unset where there is none. */
  via?: 'page' | 'api';
};
