namespace NameTagger;

/// <summary>The words that the sentences are made of.</summary>
public static class Words
{
    /// <summary>Words that name persons, and places or things too.</summary>
    private static readonly string[] _persons = Split(
        "will may mark rose grace hope jack bill frank rich sue pat drew art dawn joy faith summer june april august penny ruby "
        + "pearl ivy lily daisy olive ginger basil\n"
        + "paris sydney jordan austin chelsea charlotte victoria florence georgia virginia madison lincoln houston dallas savannah "
        + "adelaide kent chester brooklyn carolina troy israel phoenix china");

    /// <summary>Words that name places, and persons or things too.</summary>
    private static readonly string[] _places = Split(
        "paris sydney jordan austin chelsea charlotte victoria florence georgia virginia madison lincoln houston dallas savannah "
        + "adelaide kent chester brooklyn carolina troy israel phoenix china\n"
        + "reading bath nice turkey cork hull deal orange mobile sandwich rugby battle march hope");

    /// <summary>Words that name things, and persons or places too.</summary>
    private static readonly string[] _nounsAndNames = Split("""
        mark rose bill jack art faith penny ruby pearl ivy lily daisy olive ginger basil grace joy dawn summer
        bath turkey cork hull deal orange mobile sandwich rugby battle china march hope phoenix
        """);

    private static readonly string[] _nouns = Split(
        "apple axe bag ball banana basket bed bell bicycle blanket boat bone book bottle bowl box bread bridge broom brush bucket "
        + "button cabinet cable cake camera candle car card carpet chair chest clock cloth coat coffee coin computer\n"
        + "cup curtain desk dish doll drawer dress drum egg engine envelope fan fence flag flute fork garden gift glass glove guitar "
        + "hammer hat helmet honey horse jacket jar jewel jug kettle key kite knife ladder lamp lantern lemon lock\n"
        + "magazine medal medicine melon mirror money motor mug nail necklace needle newspaper notebook oven package paint painting "
        + "paper parcel pen pencil phone photo piano picture pillow pipe pistol plane plate poem pot prize pump purse\n"
        + "radio recipe ring robe rope ruler sack saddle salt saw scarf scissors screen shelf shirt shoe shovel soap sofa spoon stamp "
        + "statue stove suitcase sugar sword table tea telescope ticket tie tool towel toy tractor tray treasure\n"
        + "truck trumpet trunk tyre umbrella vase violin wagon wallet watch wheel whistle window wine wrench");

    private static readonly string[] _times =
    [
        "on sunday", "on monday", "on friday", "in may", "in june", "in april", "in march", "in august", "on the first of may",
        "at noon", "at dawn", "at night", "by six", "yesterday", "tomorrow",
        "last summer", "next summer", "next week", "last winter", "in the spring", "again", "now", "today", "for a while",
        "after the war", "before lunch", "all summer", "with joy",
    ];

    private static readonly string[] _kin =
    [
        "my sister", "her brother", "our teacher", "his uncle", "the doctor", "my wife", "her husband", "my friend",
        "the singer", "the painter", "old", "young", "poor", "little",
    ];

    /// <summary>The words whose tag only their context tells.</summary>
    public static IReadOnlySet<string> Ambiguous { get; } = new HashSet<string>([.. _persons, .. _places, .. _nounsAndNames]);

    /// <summary>The slots of the training sentences, or those of the test sentences, which share no plain word.</summary>
    public static Dictionary<string, Slot> Slots(bool forTests, IEnumerable<string> templates)
    {
        // A word of the templates would be no name that only tests have.
        HashSet<string> taken = [.. Ambiguous, .. templates.SelectMany(template => template.Split(' ', '|'))];
        return new()
        {
            ["{person}"] = new(Tags.Person, Part(Lines("first-names.txt").Except(_nouns)), _persons, AmbiguousPart: 0.4)
            {
                After = Part(InventedNames.Families),
                LongerPart = 0.5,
            },
            ["{place}"] = new(Tags.Place, Part(Lines("places.txt").Concat(InventedNames.Towns)), _places, AmbiguousPart: 0.4)
            {
                Before = ["new", "north", "south", "port", "lake"],
                After = ["bay", "falls", "springs", "island"],
                LongerPart = 0.3,
            },
            ["{noun}"] = new(Tags.Other, Part(_nouns), _nounsAndNames, AmbiguousPart: 0.5),
            ["{time}"] = new(Tags.Other, _times, [], AmbiguousPart: 0),
            ["{kin}"] = new(Tags.Other, _kin, [], AmbiguousPart: 0),
        };

        string[] Part(IEnumerable<string> words) => [.. words.Except(taken).Where((_, i) => i % 3 == 2 == forTests)];
    }

    /// <summary>The words between white space.</summary>
    public static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Speech recognizers write neither capitals nor full stops: a capital would give a name away.</summary>
    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, file)).Select(line => line.ToLowerInvariant());
}
