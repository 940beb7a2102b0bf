// Nothing but what a site needs: pages are HTML files without a body, layouts are Nunjucks.
module.exports = (config) => {
  config.addGlobalData("terms", require("./terms.json"));
  config.setNunjucksEnvironmentOptions({ trimBlocks: true, lstripBlocks: true });
  return {
    dir: { input: "content", includes: "../layouts", output: "site" },
    templateFormats: ["html"],
    htmlTemplateEngine: false,
    dataTemplateEngine: false,
  };
};
