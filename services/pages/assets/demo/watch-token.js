/**
 * The learner's watch token, from the back end of this site, which knows the learner by their cookie.
 * @returns {Promise<string>}
 */
export async function watchToken() {
  const answer = await fetch('/demo/token', { method: 'POST' });
  // Signed out: no token, which the SDK tells as `unauthorized`, and the page explains.
  if (answer.status === 401 || answer.status === 403) return '';
  if (!answer.ok) throw new Error(`No watch token: HTTP ${answer.status}`);
  return answer.text();
}
