// Answers jobs of the tests with the modules a browser uses; run in Node and in Chromium.
async ({ base, book, jobs }) => {
  const rules = await import(`${base}/rules.js`);
  const { say, tell, write } = await import(`${base}/sentences.js`);
  const category = (key) => book.categories.find((each) => each.key === key);
  const told = (found, language) =>
    found.map((finding) => tell(book, language, finding));
  const answers = {
    judge: ({ facts, key, language }) =>
      told(rules.judge(facts, category(key).limits), language),
    set: ({ files, key, language }) =>
      told(rules.checkSet(files, category(key)), language),
    size: ({ facts, language }) =>
      told(rules.checkSize(facts, book.defaults), language),
    tell: ({ finding, language }) => tell(book, language, finding),
    say: ({ name, values, language }) => say(book, language, name, values),
    write: ({ kind, value, language }) => write(book, language, kind, value),
  };
  return jobs.map((job) => answers[job.call](job));
};
