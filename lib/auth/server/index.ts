export { getAccount } from './get-account.ts';
export { getActor } from './get-actor.ts';
export { listUsers } from './list-users.ts';
export { removeUser } from './remove-user.ts';
export { setLanguage } from './set-language.ts';
export { setRole } from './set-role.ts';
