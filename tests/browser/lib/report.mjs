// Counts what passed and names what failed.

export class Report {
  passed = 0;
  failed = 0;

  /** Records one check; `problems` is empty if it passed. */
  check(name, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    console.log(`FAILED ${name}`);
    for (const problem of problems.slice(0, 10)) console.log(`       ${problem}`);
    if (problems.length > 10) console.log(`       … and ${problems.length - 10} more`);
  }

  /** Runs a check that may throw; what is thrown is a failure of this check and of no other. */
  async attempt(name, work) {
    try {
      this.check(name, (await work()) ?? []);
    } catch (error) {
      this.check(name, [String(error.message ?? error).split('\n')[0]]);
    }
  }

  /** Prints the sum and returns the exit code. */
  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
