/** A main module that fails before it has done anything. */
throw new Error('no good start');
