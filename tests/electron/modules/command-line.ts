/** `app.commandLine`: Chromium's switches, of the command line and of the application. */
export class CommandLine {
  readonly switches = new Map<string, string>();

  appendSwitch(name: string, value = ''): void {
    this.switches.set(name.replace(/^--/, ''), value);
  }

  appendArgument(argument: string): void {
    const [name = '', ...value] = argument.replace(/^--/, '').split('=');
    if (argument.startsWith('--')) this.switches.set(name, value.join('='));
  }

  hasSwitch(name: string): boolean {
    return this.switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.switches.delete(name);
  }
}
