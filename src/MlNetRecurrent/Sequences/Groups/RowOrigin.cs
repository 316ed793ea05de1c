using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>
/// Finds out whether ML.NET has sampled or shuffled the rows of a view. Filters of the user are no sign of that.
/// </summary>
internal static class RowOrigin
{
    /// <summary>The name of the column that <c>TrainTestSplit</c> and cross-validation split by.</summary>
    private const string SplitColumn = "SplitColumn";

    /// <summary>The number of rows that are read to find a group whose rows are split.</summary>
    private const int MostRows = 1000;

    /// <summary>The operation on the rows, as the beginning of a sentence; null if none is known.</summary>
    /// <param name="input">The view.</param>
    /// <param name="groupColumnName">The column of the groups; null where all rows are one.</param>
    /// <param name="isSorted">Whether the rows are sorted afterwards.</param>
    public static string? Find(IDataView input, string? groupColumnName, bool isSorted = false)
    {
        for (IDataView? view = input; view is not null; view = ViewSource.Of(view))
        {
            // The types are internal to several assemblies of ML.NET.
            switch (view.GetType().Name)
            {
                case "RowShufflingTransformer" when !isSorted:
                    return "The rows are shuffled (ShuffleRows)";
                case "BootstrapSamplingTransformer":
                    return "The rows are sampled (BootstrapSample)";
                case "RangeFilter" when IsSplit(view) && ViewSource.Of(view) is { } split && PartsGroups(view, split, groupColumnName):
                    return "The rows are split at random (TrainTestSplit or CrossValidate)";
            }
        }
        return null;
    }

    private static bool IsSplit(IDataView filtered) => filtered.Schema[^1].Name.StartsWith(SplitColumn, StringComparison.Ordinal);

    private static bool PartsGroups(IDataView filtered, IDataView split, string? groupColumnName)
    {
        if (split.GetType().Name == "GenerateNumberTransform")
            return true;
        if (split is not IRowToRowMapper mapper || split.Schema.Count == 0)
            return false;
        DataViewSchema.Column[] sampledBy = [.. mapper.GetDependencies([split.Schema[^1]])];
        if (sampledBy.Length != 1 || sampledBy[0].Name == groupColumnName)
            return false;
        if (groupColumnName is null)
            return true;
        DataViewSchema.Column? group = filtered.Schema.GetColumnOrNull(groupColumnName);
        return group is not null && HoldsSeveral(filtered, group.Value, filtered.Schema[sampledBy[0].Name]);
    }

    /// <summary>Whether a group has rows of several sampling keys, which a split parts.</summary>
    private static bool HoldsSeveral(IDataView view, DataViewSchema.Column group, DataViewSchema.Column key)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([group, key]);
        int numberOfKeys = 0;
        GroupReader<StrongBox<int>> keys = GroupReader<StrongBox<int>>.Of(cursor, key.Name, () => new(++numberOfKeys));
        GroupReader<StrongBox<int>> groups = GroupReader<StrongBox<int>>.Of(cursor, group.Name, () => new());
        try
        {
            for (int rows = 0; rows < MostRows && cursor.MoveNext(); rows++)
            {
                if (keys.Current() is not { } current || groups.Current() is not { } known)
                    continue;
                if (known.Value != 0 && known.Value != current.Value)
                    return true;
                known.Value = current.Value;
            }
        }
        catch (InvalidOperationException)
        {
            // A row without a key is refused where the key is needed.
        }
        return false;
    }
}
