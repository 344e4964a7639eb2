/** Says that the server is up: `GET /api/health`. */
export const GET = (): { ok: boolean } => ({ ok: true });
