using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// What was learned about the numbers of each group: the value that becomes 0, and the distance from it that becomes 1. The normalized
/// column has it as an annotation, from which the inverse transform takes it.
/// </summary>
internal sealed record GroupScales
{
    private const string Subject = "scale of groups";

    public required string GroupColumnName { get; init; }

    /// <summary>The type of the groups, as <see cref="LabelValues"/> names it.</summary>
    public required string GroupType { get; init; }

    /// <summary>Whether the groups are keys.</summary>
    public required bool GroupsAreKeys { get; init; }

    /// <summary>A hash of the values of the keys, by <see cref="KeyMeaning"/>; null where there are none.</summary>
    public string? KeyHash { get; init; }

    /// <summary>The groups as text.</summary>
    public required string[] Groups { get; init; }

    /// <summary>The centers [groups, slots].</summary>
    public required double[] Centers { get; init; }

    /// <summary>The distances [groups, slots].</summary>
    public required double[] Spreads { get; init; }

    /// <summary>The centers of all rows [slots].</summary>
    public required double[] AllCenters { get; init; }

    /// <summary>The distances of all rows [slots].</summary>
    public required double[] AllSpreads { get; init; }

    public required UnseenGroupAction UnseenGroups { get; init; }

    /// <summary>The numbers of a row.</summary>
    [JsonIgnore]
    public int Slots => AllCenters.Length;

    /// <summary>The number of groups that have the distance of all rows, at least for one number; known after learning only.</summary>
    [JsonIgnore]
    public int GroupsWithoutSpread { get; init; }

    /// <summary>The scale of a number.</summary>
    /// <param name="group">The place of its group; -1 for that of all rows.</param>
    /// <param name="slot">Its place in the row.</param>
    public (double Center, double Spread) Of(int group, int slot) => group < 0
        ? (AllCenters[slot], AllSpreads[slot])
        : (Centers[group * Slots + slot], Spreads[group * Slots + slot]);

    /// <summary>The groups without any value, at least of one number; known after learning only.</summary>
    [JsonIgnore]
    public string[] GroupsWithoutValues { get; init; } = [];

    /// <summary>Learns from the rows of a table.</summary>
    /// <param name="data">The table.</param>
    /// <param name="map">The columns and the kind of scale.</param>
    /// <param name="checkCancelled">Called now and then; it may throw to end the work.</param>
    /// <exception cref="InvalidOperationException">A row or a group has no value that is needed, or there are no rows.</exception>
    public static GroupScales Learn(IDataView data, NormalizedByGroup map, Action checkCancelled)
    {
        DataViewSchema.Column input = data.Schema[map.InputColumnName], group = data.Schema[map.GroupColumnName];
        if (LabelValues.KindNameOf(group.Type) is null)
            throw new InvalidOperationException($"Group column '{group.Name}' is {group.Type}; expected text, keys, numbers or times.");
        int slots = GroupScaling.SlotsOf(input);
        FeatureScale all = FeatureScale.For(map.Mode, slots);
        using DataViewRowCursor cursor = data.GetRowCursor(input.Index == group.Index ? [input] : [input, group]);
        NumberReader reader = NumberReader.Of(cursor, input.Name);
        float[] numbers = new float[slots];
        GroupReader<FeatureScale> groups =
            GroupReader<FeatureScale>.Of(cursor, group.Name, () => FeatureScale.For(map.Mode, slots));
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (row % 256 == 0)
                checkCancelled();
            reader.Read(numbers);
            FeatureScale? current = groups.Current();
            if (current is null && map.UnseenGroups == UnseenGroupAction.Throw)
                throw groups.Missing(GroupLookup.Remedy);
            all.Add(numbers);
            current?.Add(numbers);
        }
        (object? Key, FeatureScale Scale)[] found = [.. groups.Groups()];
        if (found.Length == 0)
            throw new InvalidOperationException($"No row has a group in column '{group.Name}': there is nothing to learn from.");
        (double[] allCenters, double[] allSpreads) = MeasureAll(all, slots);
        double[] centers = new double[found.Length * slots], spreads = new double[found.Length * slots];
        for (int i = 0; i < centers.Length; i++)
            (centers[i], spreads[i]) = Measure(found[i / slots].Scale, i % slots, allCenters, allSpreads);
        LabelValues names = TypeDispatch.Call(NamesOf<int>, group.Type, found.Select(pair => pair.Key!), group);
        (string Group, int Slot)[] empty =
        [
            .. from i in Enumerable.Range(0, found.Length)
               let slot = FindEmpty(found[i].Scale, slots)
               where slot >= 0
               select (names.Texts[i], slot),
        ];
        if (empty is [var (name, missing), ..] && map.UnseenGroups == UnseenGroupAction.Throw)
        {
            string place = slots == 1 ? "" : $"slot {missing} (counted from 0) of ";
            throw new InvalidOperationException(
                $"The group '{name}' in column '{group.Name}' has no value in {place}column '{input.Name}': its scale cannot be learned. "
                + GroupLookup.Remedy);
        }
        return new()
        {
            GroupColumnName = group.Name,
            GroupType = names.KindName,
            GroupsAreKeys = group.Type is KeyDataViewType,
            KeyHash = KeyMeaning.HashOf(group),
            Groups = names.Texts,
            Centers = centers,
            Spreads = spreads,
            AllCenters = allCenters,
            AllSpreads = allSpreads,
            UnseenGroups = map.UnseenGroups,
            GroupsWithoutValues = [.. empty.Select(pair => pair.Group)],
            GroupsWithoutSpread = found.Count(pair => !HasSpread(pair.Scale, slots)),
        };
    }

    /// <exception cref="InvalidDataException">The scales contradict themselves.</exception>
    public void Validate()
    {
        TransformFile.CheckName(GroupColumnName, "group column");
        bool areFinite = Centers.All(double.IsFinite) && AllCenters.All(double.IsFinite);
        bool arePositive = Spreads.Concat(AllSpreads).All(spread => spread > 0 && double.IsFinite(spread));
        bool fit = AllCenters.Length > 0 && AllSpreads.Length == AllCenters.Length && Groups.Length > 0
            && Centers.Length == (long)Groups.Length * AllCenters.Length && Spreads.Length == Centers.Length;
        if (!areFinite || !arePositive || !fit)
            throw TransformFile.Damaged("its scales are none, or no numbers");
        if (!Enum.IsDefined(UnseenGroups) || !KeyMeaning.IsHash(KeyHash))
            throw TransformFile.Damaged($"its unseen groups are {UnseenGroups}, or its keys have no hash");
        try
        {
            LabelValues.Restore(GroupType, Groups);
        }
        catch (InvalidDataException e)
        {
            throw TransformFile.Damaged($"its groups cannot be read ({e.Message})");
        }
    }

    /// <summary>The scales as an annotation holds them.</summary>
    public string ToText() => System.Text.Encoding.UTF8.GetString(DescriptionJson.Write(this));

    /// <exception cref="InvalidDataException">The text is none of <see cref="ToText"/>.</exception>
    public static GroupScales Parse(string text)
    {
        var scales = DescriptionJson.Read<GroupScales>(System.Text.Encoding.UTF8.GetBytes(text), Subject);
        scales.Validate();
        return scales;
    }

    /// <summary>Where nothing varies, the unit is kept.</summary>
    private static (double[] Centers, double[] Spreads) MeasureAll(FeatureScale all, int slots)
    {
        double[] centers = new double[slots], spreads = new double[slots];
        for (int i = 0; i < slots; i++)
        {
            (double center, double spread) = all.Measure(i) ?? default;
            (centers[i], spreads[i]) = (center, spread > 0 ? spread : 1);
        }
        return (centers, spreads);
    }

    /// <summary>A group whose values are constant has no unit of its own; it gets that of all rows, so that there is an inverse.</summary>
    private static (double Center, double Spread) Measure(FeatureScale scale, int slot, double[] allCenters, double[] allSpreads)
    {
        if (scale.Measure(slot) is not { } own)
            return (allCenters[slot], allSpreads[slot]);
        return (own.Center, own.Spread > 0 ? own.Spread : allSpreads[slot]);
    }

    /// <summary>The first number of a group that has no value; -1 for none.</summary>
    private static int FindEmpty(FeatureScale scale, int slots) =>
        Enumerable.Range(0, slots).FirstOrDefault(slot => scale.Measure(slot) is null, -1);

    private static bool HasSpread(FeatureScale scale, int slots) =>
        Enumerable.Range(0, slots).All(slot => scale.Measure(slot) is { Spread: > 0 });

    private static LabelValues NamesOf<T>(IEnumerable<object> groups, DataViewSchema.Column column) => LabelValues.Create<T>(
        [.. groups.Select(group => (T)(group is string text ? text.AsMemory() : group))]);
}
