// OpenID providers in Cognito's shape, on loopback and ports of their own choosing.
//
// One JSON request a line on standard input, one JSON answer a line on standard output:
//
//   {"start": {"pool": "us-east-1_Example01", "accessToken": "jwt", "clients": […], "users": […]}}
//     → {"issuer": "http://127.0.0.1:<port>/us-east-1_Example01"}
//   {"stop": "<issuer>"} → {}
//
// clients: [{"id", "secret", "redirectUris": […], "scopes": […], "codeGrant": true}]
// users: [{"name", "password", "groups": […]}]; the name is the email address
// accessToken: "jwt" (Cognito's own: no `aud`), "jwt-with-audience" or "opaque"
// style: "own" (the library's pages) or "cognito" (its verdicts, answered as Cognito answers)
// domain: whether the pool has one; branding: whether its login page is shown; both in style "cognito"
// document: what stands otherwise in the discovery document, null for what does not stand there
//
// The process is started in the folder that holds node_modules, and ends when its standard input
// closes, so it can't outlive the tests.

import crypto from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// packages are looked for beside a program's file; ours lie in the working folder
const packages = createRequire(pathToFileURL(`${process.cwd()}/`));
const { default: Provider } = await import(pathToFileURL(packages.resolve('oidc-provider')));

const SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];
const RESOURCE = 'urn:userinfo';

const uuid = (name) => {
  const hex = crypto.createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const signingKey = { ...privateKey.export({ format: 'jwk' }), kid: 'signing-key', use: 'sig', alg: 'RS256' };

// Cognito leaves the claim out for a user in no group
const groupsClaim = (user) => (user.groups.length ? { 'cognito:groups': user.groups } : {});

function configuration({ pool, accessToken, clients, bySub }, provider) {
  return {
    jwks: { keys: [signingKey] },
    cookies: { keys: [crypto.randomUUID()] },
    clients: clients.map((client) => ({
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: client.redirectUris,
      scope: client.scopes.join(' '),
      response_types: ['code'],
      grant_types: ['authorization_code'], // with refresh_token every request would be refused
      token_endpoint_auth_method: 'client_secret_basic',
    })),
    scopes: SCOPES,
    claims: {
      openid: ['sub', 'cognito:username', 'cognito:groups', 'token_use'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false, // Cognito's ID token carries the claims of every scope
    responseTypes: ['code'],
    pkce: { required: () => false },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      userinfo: '/oauth2/userInfo',
      revocation: '/oauth2/revoke',
      jwks: '/.well-known/jwks.json',
      end_session: '/logout',
    },
    findAccount: (_, sub) => bySub.has(sub) && {
      accountId: sub,
      claims: () => {
        const user = bySub.get(sub);
        return { sub, email: user.name, email_verified: true, 'cognito:username': sub, token_use: 'id', ...groupsClaim(user) };
      },
    },
    interactions: { url: (_, interaction) => `/${pool}/login/${interaction.uid}` },
    async loadExistingGrant({ oidc }) { // Cognito asks for no consent
      const grant = new (provider().Grant)({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(SCOPES.join(' '));
      grant.addResourceScope(RESOURCE, SCOPES.join(' '));
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: { // what makes this library's access tokens JWTs
        enabled: true,
        defaultResource: () => (accessToken === 'opaque' ? undefined : RESOURCE),
        useGrantedResource: () => accessToken !== 'opaque',
        getResourceServerInfo: () => ({
          scope: SCOPES.join(' '), audience: RESOURCE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt(_, token, { payload }) {
          Object.assign(payload, { token_use: 'access', username: token.accountId, version: 2, ...groupsClaim(bySub.get(token.accountId)) });
          // the library insists on an audience, and Cognito's token has none: JSON skips a hidden one
          if (accessToken === 'jwt') Object.defineProperty(payload, 'aud', { enumerable: false });
        },
      },
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 300, Grant: 3600, IdToken: 3600, Interaction: 600, Session: 3600 },
    renderError(ctx, problem) {
      ctx.res.problem = problem.error;
      const lines = Object.entries(problem).map(([name, text]) => `<p>${escape(name)}: ${escape(text)}</p>`);
      ctx.type = 'html';
      ctx.body = `<!doctype html><title>Error</title>${lines.join('')}`;
    },
  };
}

function loginPage(pool, uid, complaint) {
  return `<!doctype html><title>Sign in</title>${complaint ? `<p>${complaint}</p>` : ''}
<form method="post" action="/${pool}/login/${uid}"><input name="username"><input name="password" type="password"><button>Sign in</button></form>`;
}

async function login({ pool, users, style, branding }, provider, request, response) {
  const page = (complaint) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(loginPage(pool, uid, complaint));
  };
  let uid = '';
  if (style === 'cognito') {
    if (!branding) {
      response.statusCode = 403;
      return response.end('Login pages unavailable. Please contact an administrator.');
    }
    // Cognito's page opens without a cookie too, as its address says all
    if (!request.headers.cookie) return page();
  }
  ({ uid } = await provider.interactionDetails(request, response));
  if (request.method !== 'POST') return page();
  let body = '';
  for await (const chunk of request) body += chunk;
  const given = new URLSearchParams(body);
  const user = users.find(({ name }) => name === given.get('username'));
  if (!user || user.password !== given.get('password')) return page('Incorrect username or password.');
  return provider.interactionFinished(request, response, { login: { accountId: uuid(user.name) } });
}

function userInfo({ bySub }, request, response) { // the library's own refuses access tokens that are JWTs
  let user;
  try {
    const payload = (request.headers.authorization ?? '').split('.')[1];
    user = bySub.get(JSON.parse(Buffer.from(payload, 'base64url')).sub);
  } catch { /* no token of ours */ }
  response.statusCode = user ? 200 : 401;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(user
    ? { sub: uuid(user.name), username: uuid(user.name), email: user.name, email_verified: 'true' }
    : { error: 'invalid_token' }));
}

// The library judges; this says it as Cognito does.
const asCognito = {
  '/oauth2/authorize': ({ pool, clients, issuer }, url, response) => {
    const asked = url.searchParams;
    const client = clients.find(({ id }) => id === asked.get('client_id'));
    const refuse = (error) => `${issuer}/error?${new URLSearchParams({ error, client_id: asked.get('client_id') ?? '' })}`;
    const back = (parameters) => `${asked.get('redirect_uri')}?${new URLSearchParams(parameters)}`;
    const state = asked.get('state') ?? '';
    const leads = response.getHeader('location');
    let location;
    if (response.problem) {
      location = refuse(response.problem === 'invalid_redirect_uri' ? 'redirect_mismatch' : 'invalid_request');
    } else {
      const error = /[?&#]error=([^&]*)/.exec(leads)?.[1];
      const foreign = (asked.get('scope') ?? '').split(' ').some((scope) => scope && !client.scopes.includes(scope));
      if (client.codeGrant === false) location = back({ error: 'unauthorized_client', state });
      else if (error === 'invalid_scope' || (!error && foreign)) {
        location = back({ error_description: 'invalid_scope', state, error: 'invalid_request' });
      } else if (error) location = back({ error, state });
      else if (leads.startsWith(`/${pool}/login/`)) {
        location = `${issuer}/login?${asked}`;
        const cookies = [response.getHeader('set-cookie')].flat();
        response.setHeader('set-cookie', cookies.map((cookie) => cookie.replace(/path=\/[^;]*\/login\/[^;]*/, `path=/${pool}/login`)));
      } else location = leads; // a session is there, and a code comes at once
    }
    response.statusCode = 302;
    response.removeHeader('content-type');
    response.removeHeader('content-length');
    response.setHeader('location', location);
    return '';
  },
  '/.well-known/openid-configuration': ({ domain, issuer }, _, response, body) => {
    if (domain) return body;
    response.removeHeader('content-length');
    return JSON.stringify({ ...JSON.parse(body), authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` });
  },
};

function changed(document, response, body) {
  response.removeHeader('content-length');
  const whole = { ...JSON.parse(body), ...document };
  for (const [name, value] of Object.entries(whole)) if (value === null) delete whole[name];
  return JSON.stringify(whole);
}

function handler(options, provider) {
  const { pool, accessToken, clients, style, document } = options;
  Object.assign(options, { issuer: provider.issuer });
  const callback = provider.callback();
  return async (request, response) => {
    try {
      const url = new URL(request.url, provider.issuer);
      if (!url.pathname.startsWith(`/${pool}/`)) {
        const [, other] = url.pathname.split('/');
        response.setHeader('content-type', 'application/json');
        response.statusCode = style === 'cognito' ? 400 : 404;
        return response.end(JSON.stringify({ message: style === 'cognito' ? `User pool ${other} does not exist.` : 'not found' }));
      }
      const path = url.pathname.slice(pool.length + 1);
      if (style === 'cognito' && ['/authorize', '/token'].includes(path)) {
        response.statusCode = 400;
        return response.end('{"code":"BadRequest","message":"The server did not understand the operation that was requested.","type":"client"}');
      }
      if (path.startsWith('/login')) return await login(options, provider, request, response);
      if (path === '/oauth2/userInfo' && accessToken !== 'opaque') return userInfo(options, request, response);
      if (path === '/oauth2/authorize' && !url.searchParams.get('scope')) {
        // Cognito grants every scope of the client where none is asked for
        const client = clients.find(({ id }) => id === url.searchParams.get('client_id'));
        if (client) url.searchParams.set('scope', client.scopes.join(' '));
      }
      const end = response.end.bind(response);
      response.end = (body, ...rest) => {
        const say = style === 'cognito' ? asCognito[path] : undefined;
        let said = say ? say(options, url, response, body) : body;
        if (document && path === '/.well-known/openid-configuration') said = changed(document, response, said);
        return end(said, ...rest);
      };
      // what a web framework does that mounts the provider under a path
      Object.assign(request, { originalUrl: url.pathname + url.search, baseUrl: `/${pool}`, url: path + url.search });
      return callback(request, response);
    } catch (error) {
      if (!response.headersSent) response.statusCode = 400;
      return response.end(String(error.message));
    }
  };
}

const servers = new Map();

async function start(given) {
  const options = { ...given, bySub: new Map(given.users.map((user) => [uuid(user.name), user])) };
  const server = http.createServer();
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  const issuer = `http://127.0.0.1:${server.address().port}/${options.pool}`;
  const provider = new Provider(issuer, configuration(options, () => provider));
  server.on('request', handler(options, provider));
  servers.set(issuer, server);
  return { issuer };
}

function stop(issuer) {
  servers.get(issuer).close();
  servers.get(issuer).closeAllConnections();
  return {};
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = request.start ? await start(request.start) : stop(request.stop);
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();
