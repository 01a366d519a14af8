// node client.mjs <base URL> <key id> <secret, base64> <POST|GET> <path and query> [body]
// Signs with http-message-signatures (npm), sends, and prints the answer as JSON.
import { createHash, randomUUID } from "node:crypto";
import { createSigner, httpbis } from "http-message-signatures";

const [base, keyId, secret, method, target, body = ""] = process.argv.slice(2);
const headers = {};
const fields = ["@method", "@path", "@query"];
if (body) {
  headers["Content-Type"] = "application/json";
  headers["Content-Digest"] = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  fields.push("content-digest");
}
const signed = await httpbis.signMessage(
  {
    key: createSigner(Buffer.from(secret, "base64"), "hmac-sha256", keyId),
    name: "sig1",
    fields,
    params: ["created", "nonce", "keyid", "alg"],
    paramValues: { created: new Date(), nonce: randomUUID() },
  },
  { method, url: base + target, headers },
);
const answer = await fetch(base + target, { method, headers: signed.headers, body: body || undefined });
console.log(JSON.stringify({ status: answer.status, body: await answer.text(), sent: signed.headers }));
