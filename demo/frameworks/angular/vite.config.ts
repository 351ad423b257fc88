/**
 * Bundles what Angular's own compiler has made of src. Angular's packages are published half compiled, and its linker
 * compiles the rest. `ng build` does the same with these two, but for newer versions of Node only.
 */
import {ConsoleLogger, LogLevel, NodeJSFileSystem} from '@angular/compiler-cli';
import {createEs2015LinkerPlugin} from '@angular/compiler-cli/linker/babel';
import {transformAsync} from '@babel/core';
import {defineConfig, type Plugin} from 'vite';

const linker: Plugin = {
  name: 'angular-linker',
  transform: {
    filter: {id: /\/@angular\/.*\.mjs$/, code: 'ɵɵngDeclare'},
    async handler(code, filename) {
      const linked = await transformAsync(code, {
        filename,
        configFile: false,
        babelrc: false,
        compact: false,
        plugins: [
          createEs2015LinkerPlugin({
            fileSystem: new NodeJSFileSystem(),
            logger: new ConsoleLogger(LogLevel.warn),
            linkerJitMode: false,
            sourceMapping: false,
          }),
        ],
      });
      return {code: linked!.code!, map: null};
    },
  },
};

export default defineConfig({
  plugins: [linker],
  // Angular asks the global object for these, and takes out what they rule out.
  define: {ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false', ngI18nClosureMode: 'false'},
});
