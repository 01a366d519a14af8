package songda.printer;

/** How a printer says it is. */
enum Status {
    READY("可打印", "ready"),
    PRINTING("打印中", "printing"),
    PAPER_OUT("缺纸或缺碳带", "out of paper or ribbon"),
    OPEN("盖子开着", "its cover is open"),
    PAUSED("已暂停", "paused"),
    FAULT("故障", "has a fault");

    final String zh;
    final String en;

    Status(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** Whether it would print what it is sent now: one that prints another thing takes the next meanwhile. */
    boolean takes() {
        return this == READY || this == PRINTING;
    }
}
