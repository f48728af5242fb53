// node proxy.mjs PORT UPSTREAM: passes everything on, over connections that stay open. No logging, no limits, no credentials.
import http from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

const [port, target] = process.argv.slice(2);
const app = express();
app.disable('x-powered-by');
app.use(createProxyMiddleware({ target, changeOrigin: true, agent: new http.Agent({ keepAlive: true, maxSockets: 128 }) }));
app.listen(Number(port), '127.0.0.1', () => console.log('listening'));
