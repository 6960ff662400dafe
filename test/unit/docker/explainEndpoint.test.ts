import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/executors/docker/endpoint/candidates.ts';
import { explainNamed, explainUsual, failureOf } from '../../../src/executors/docker/endpoint/explain.ts';
import { sshArguments } from '../../../src/executors/docker/endpoint/sshAgent.ts';

const socket: Candidate = {
  host: 'unix:///var/run/docker.sock',
  from: 'Docker on its usual socket',
  explicit: false,
};
const far: Candidate = { host: 'tcp://far:2376', from: 'DOCKER_HOST', explicit: true };
const fault = (code: string, message = code): Error => Object.assign(new Error(message), { code });
const none = { docker: false, podman: false };

describe('what is said where no engine answers', () => {
  it('no permission: the group, not a reinstall', () => {
    const failures = [failureOf(socket, fault('EACCES'))];
    assert.match(explainUsual(failures, { docker: true, podman: false }, 'linux'), /usermod -aG docker/);
  });

  it('installed but not running: how to start it, on each system', () => {
    const failures = [failureOf(socket, fault('ECONNREFUSED'))];
    assert.match(explainUsual(failures, none, 'linux'), /not running.*systemctl start docker/);
    assert.match(explainUsual(failures, none, 'darwin'), /Start Docker Desktop/);
    assert.match(explainUsual(failures, none, 'win32'), /Start Docker Desktop/);
  });

  it('only Podman, without its socket', () => {
    const failures = [failureOf(socket, fault('ENOENT'))];
    assert.match(explainUsual(failures, { docker: false, podman: true }, 'linux'), /podman\.socket/);
  });

  it('nothing at all: what to install', () => {
    assert.match(
      explainUsual([failureOf(socket, fault('ENOENT'))], none, 'linux'),
      /Install Docker.*or Podman/,
    );
  });

  it('a named engine is answered for by name, whatever is wrong with it', () => {
    for (const [error, expected] of [
      [fault('ECONNREFUSED'), /not running/],
      [fault('ETIMEDOUT'), /in time/],
      [fault('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), /certificates/],
      [fault('ENOTFOUND', 'getaddrinfo ENOTFOUND far'), /ENOTFOUND far/],
    ] as const) {
      const message = explainNamed(failureOf(far, error));
      assert.match(message, expected);
      assert.ok(message.includes('tcp://far:2376 (DOCKER_HOST)'));
    }
  });
});

describe('the way through ssh', () => {
  it('says who, where and which port, and asks for no password', () => {
    const args = sshArguments(new URL('ssh://me@far:2222'));
    assert.deepEqual(args.slice(args.indexOf('-l')), [
      '-l',
      'me',
      '-p',
      '2222',
      '--',
      'far',
      'docker',
      'system',
      'dial-stdio',
    ]);
    assert.ok(args.includes('BatchMode=yes'));
  });

  it('lets no option or command in by the address', () => {
    assert.equal(sshArguments(new URL('ssh://-oProxyCommand=x')).indexOf('--') >= 0, true);
    assert.throws(() => sshArguments(new URL('ssh://far/x;reboot')), /not plain/);
    const args = sshArguments(new URL('ssh://-oProxyCommand=evil@far'));
    assert.equal(args[args.indexOf('-l') + 1], '-oProxyCommand=evil');
  });
});
