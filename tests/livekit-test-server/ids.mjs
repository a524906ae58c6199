import { randomBytes } from 'node:crypto';

// Clients check the prefixes: the Rust client panics on, or drops, ids without theirs.
export const newId = (prefix) => prefix + randomBytes(9).toString('base64').replace(/[+/]/g, 'x');
export const roomId = () => newId('RM_');
export const participantId = () => newId('PA_');
export const trackId = () => newId('TR_');
export const workerId = () => newId('AW_');
export const jobId = () => newId('AJ_');
export const dispatchId = () => newId('AD_');
