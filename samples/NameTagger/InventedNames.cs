namespace NameTagger;

/// <summary>Names of families and towns, made of two parts: their endings tell the one from the other.</summary>
public static class InventedNames
{
    private static readonly string[] _stems = Words.Split(
        "ash black brad brook burn clay cold cran dal east elm fair gold grim hart hazel high kirk lang marsh mill nor oak red rock "
        + "sand shel stan thorn wal wat whit wood");

    public static IEnumerable<string> Families => Make("son man ley well worth smith");

    public static IEnumerable<string> Towns => Make("ton ham ford bury ville burg");

    private static IEnumerable<string> Make(string endings) =>
        from stem in _stems
        from ending in Words.Split(endings)
        select stem + ending;
}
