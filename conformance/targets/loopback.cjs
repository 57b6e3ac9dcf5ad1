// Loaded before emulators that run on Node: whatever they listen on, they are reached on loopback alone.
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (first, ...rest) {
  const done = rest.filter((argument) => typeof argument === 'function');
  if (typeof first === 'object' && first !== null && first.port !== undefined) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...done);
  }
  if (typeof first === 'number' || /^\d+$/.test(first)) {
    return listen.call(this, { port: Number(first), host: '127.0.0.1' }, ...done);
  }
  return listen.call(this, first, ...rest);
};
