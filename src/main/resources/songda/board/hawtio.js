// The board inside Hawtio, as a plugin without a build: Hawtio gives React and itself, the page comes in a frame.
var songdaBoard = {
  init(scope) { this.scope = scope; },
  async shared(name) {
    const versions = Object.values(this.scope[name] || {});
    const module = await versions[0].get();
    return module();
  },
  async get() {
    const React = await this.shared('react');
    const { hawtio } = await this.shared('@hawtio/react');
    const Board = () => React.createElement('iframe', {
      src: '/board/?framed', title: '值守台 Board', style: { border: 0, width: '100%', height: '100%', minHeight: '85vh' },
    });
    return () => ({
      plugin: () => hawtio.addPlugin({ id: 'songdaBoard', title: '值守台 Board', path: '/songda-board', order: -10, component: Board, isActive: async () => true }),
    });
  },
};
