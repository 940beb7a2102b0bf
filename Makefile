# Two commands do all the set-up: `make build` and `make test`. They need git, make and Python 3.11 or newer.
# Windows without make: see README.

PYTHON ?= python3
PORT ?= 8000
FORM_PORT ?= 8010
N ?= 2000
BASE ?= HEAD
PEERS ?= ours pagefind lunr
FUZZ_SECONDS ?= 600
KEEP ?= 5
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet install --require-hashes

.DEFAULT_GOAL := help
.PHONY: help build check new hooks fmt figures diff publish releases rollback prune withdraw verify zip serve cms docs pictures test bench bench-search faults fuzz \
  lighthouse lint lock clean

help:  ## 列出全部命令 / list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 22

build: $(VENV)/site.done  ## 检查、生成并核验站点，放在 build/site / check, build and verify the site
	@$(RUN) -m generator build

check: $(VENV)/site.done  ## 检查全部记录，不写文件；只看一部分（IN=content/sstec/2025），与公开的站点比（PUBLISHED=build/site） / check every record
	@$(RUN) -m generator check$(if $(IN), $(IN))$(if $(filter undefined,$(origin PUBLISHED)),, --published "$(PUBLISHED)")

new: $(VENV)/site.done  ## 添单位、文件或表，一步步问（或 ARGS="record --centre …"） / a new centre, disclosure or record
	@$(RUN) -m generator new $(ARGS)

hooks:  ## 提交前自动查改过的记录（不联网） / check changed records before each commit, without a network
	@git config core.hooksPath .githooks
	@echo "以后每次提交前，先查写法和错误。暂时跳过：git commit --no-verify"

fmt: $(VENV)/site.done  ## 把记录整理成统一的写法，内容不变 / write every record in its canonical form
	@$(RUN) -m generator fmt

figures: $(VENV)/site.done  ## 目标、完成情况里的每个数字：与指标一致、不一致、没有说到指标 / every figure of the texts: agree, conflict, none
	@$(RUN) -m bench.narrative --list

diff: $(VENV)/site.done  ## 公开的内容改了什么（BASE=git 版本、项目或站点的文件夹） / what changed in what is disclosed
	@$(RUN) -m generator diff -- "$(BASE)"

publish: $(VENV)/site.done  ## 公开站点（DEST=目的地，KEY=签名的密钥，DRY=1 只预演） / check, build and publish the site
	@$(RUN) -m generator publish --keep $(KEEP) $(if $(KEY),--key "$(KEY)") $(if $(DRY),--dry-run) -- "$(DEST)"

releases: $(VENV)/site.done  ## 列出公开过的各版（DEST=目的地） / list the releases at a destination
	@$(RUN) -m generator releases -- "$(DEST)"

rollback: $(VENV)/site.done  ## 回到以前的一版（DEST=目的地，TO=第几版） / go back to an older release
	@$(RUN) -m generator rollback --keep $(KEEP) $(if $(TO),--to $(TO)) $(if $(KEY),--key "$(KEY)") -- "$(DEST)"

prune: $(VENV)/site.done  ## 删去旧版（DEST=目的地，KEEP=5 留几版） / remove old releases
	@$(RUN) -m generator prune --keep $(KEEP) $(if $(KEY),--key "$(KEY)") -- "$(DEST)"

withdraw: $(VENV)/site.done  ## 从各版里撤下一张表（DEST=目的地，ID=编号，REASON=原因） / take a form out of every release
	@$(RUN) -m generator withdraw --reason "$(REASON)" $(if $(KEY),--key "$(KEY)") $(if $(SOURCE),--source) -- "$(DEST)" "$(ID)"

verify: $(VENV)/site.done  ## 核对公开的站点或副本（DEST=目的地或文件夹，SIGNERS=公钥名单） / verify what is published, or a copy
	@$(RUN) -m generator verify $(if $(SIGNERS),--signers "$(SIGNERS)") -- "$(DEST)"

zip: build  ## 把站点装成一个文件 build/site.zip，可放在 U 盘上看 / the site as one file, for a USB stick
	@$(RUN) -m generator zip

serve: $(VENV)/site.done  ## 预览，保存后自动更新（PORT=8000） / preview with live reload
	@$(RUN) -m generator serve --port $(PORT)

cms: $(VENV)/site.done  ## 在浏览器里用表单改记录（FORM_PORT=8010，要有 npm） / records as forms in a browser
	@$(RUN) -m generator cms --port $(FORM_PORT)

docs: $(VENV)/site.done  ## 由程序写 docs/problems.md、docs/schema / write docs/problems.md and docs/schema
	@$(RUN) -m generator catalogue > docs/problems.md
	@$(RUN) -m generator schema

pictures: $(VENV)/dev.done  ## 给编辑指南重拍图片（要有 chromium、npm、ImageMagick） / take the pictures of the editors' guide
	@$(RUN) -m bench.pictures

test: $(VENV)/dev.done $(VENV)/browser.done  ## 全部测试 / every test: unit, property, golden pages, real browser
	@$(RUN) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/dev.done  ## 与 Hugo、Eleventy、MkDocs 比较生成的速度，测检查的速度（N=2000，ARGS=--no-peers 只测本站） / time a build beside Hugo, Eleventy and MkDocs, and a check
	@$(RUN) -m bench.build $(N) $(ARGS)
	@$(RUN) -m bench.check $(N)

bench-search: $(VENV)/dev.done  ## 与 Pagefind、lunr 比较检索（N=2000，PEERS=ours 只测本站） / measure the search against Pagefind and lunr
	@$(RUN) -m bench.search $(N) --peers $(PEERS)

faults: $(VENV)/dev.done  ## 发布中途出错的各种试验，打印次数 / what may go wrong while publishing, tried for real, with figures
	@$(RUN) -m pytest -rP tests/test_faults.py tests/test_far.py tests/test_withdraw.py

fuzz: $(VENV)/fuzz.done  ## 用随机内容长时间试读取和解析程序（FUZZ_SECONDS=600） / feed the readers and parsers with anything
	@$(RUN) -m tests.fuzz --seconds $(FUZZ_SECONDS)

lighthouse: build  ## 用 Lighthouse 测网页（装在 build 下） / what Lighthouse says of the built site
	@$(RUN) -m bench.lighthouse

lint: $(VENV)/dev.done  ## 代码规范与类型检查 / linters and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

lock: $(VENV)/dev.done  ## 更新依赖的锁定文件 / renew the locked dependencies
	@for name in site dev fuzz; do \
	  $(RUN) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done

clean:  ## 删除 build 和 .venv / remove build and .venv
	rm -rf build $(VENV)

# A mark is set only when its installation is complete, so an interrupted one is taken up again.
$(VENV)/made.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本（Python 3.11 or newer is needed）：make PYTHON=python3.11 …" >&2; exit 2; }
	@echo "建立 $(VENV)（只在第一次）……" >&2
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { echo "建不成 .venv：Debian、Ubuntu 上先装 python3-venv（install python3-venv first）" >&2; exit 2; }
	@touch $@

$(VENV)/site.done: requirements/site.txt $(VENV)/made.done
	@echo "安装依赖……" >&2
	@$(PIP) -r requirements/site.txt
	@touch $@

$(VENV)/dev.done: requirements/dev.txt $(VENV)/site.done
	@echo "安装测试用的依赖……" >&2
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(VENV)/fuzz.done: requirements/fuzz.txt $(VENV)/dev.done
	@echo "安装 atheris……" >&2
	@$(PIP) -r requirements/fuzz.txt
	@touch $@

# axe-core, the Nu validator and what browsers know; tests that need them are skipped without npm.
$(VENV)/browser.done: tests/browser/package-lock.json $(VENV)/made.done
	@command -v npm >/dev/null || { echo "没有 npm，用到它的测试跳过（no npm: the tests that need it are skipped）" >&2; exit 0; }; \
	  echo "安装网页测试用的程序……" >&2; \
	  mkdir -p $(VENV)/browser && cp tests/browser/package.json tests/browser/package-lock.json $(VENV)/browser && \
	  npm ci --prefix $(VENV)/browser --ignore-scripts --no-audit --no-fund --silent && touch $@
