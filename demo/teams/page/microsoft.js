// What people do on Microsoft's pages, through the tenant's control API.
import { call } from './api.js';

const control = async (name, argument) => (await call('POST', `/_control/${name}`, argument)).result;

export const signIn = (upn, pass) => control('signIn', { upn, pass });
export const register = (user, method) => control('registerMethod', { user, method });
export const runReset = (user, outcome) => control('selfService', { user, outcome });
