// rtc-node logs, down to the debug level, to whatever descriptor stdout names while it is loaded, and offers no setting for
// it. Our stdout carries events and nothing else, so its log goes to stderr. To be imported before anything of rtc-node.

const own = process.stdout.fd;
Object.defineProperty(process.stdout, 'fd', { value: process.stderr.fd, configurable: true, writable: true });
await import('@livekit/rtc-node');
process.stdout.fd = own;
