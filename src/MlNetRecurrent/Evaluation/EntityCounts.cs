using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Evaluation;

/// <summary>
/// Counts entities in sequences of tags, as the script conlleval of the CoNLL shared tasks does: I or E that does not continue an entity of
/// its type begins one.
/// </summary>
internal sealed class EntityCounts
{
    private readonly Dictionary<string, (long Support, long Predicted, long Right)> _types = [];
    private readonly List<(int First, int Last, string Type)> _actual = [], _predicted = [];
    private readonly HashSet<(int First, int Last, string Type)> _known = [];

    /// <summary>Adds a sequence.</summary>
    /// <param name="labels">The true tag of each step; null where it is missing. Such a step belongs to no entity.</param>
    /// <param name="predictions">The predicted tag of each step; null where it is missing.</param>
    public void Add(ReadOnlySpan<SpanTag?> labels, ReadOnlySpan<SpanTag?> predictions)
    {
        Find(labels, labels, _actual);
        Find(predictions, labels, _predicted);
        _known.Clear();
        foreach ((int First, int Last, string Type) entity in _actual)
        {
            _known.Add(entity);
            Add(entity.Type, (1, 0, 0));
        }
        foreach ((int First, int Last, string Type) entity in _predicted)
            Add(entity.Type, (0, 1, _known.Contains(entity) ? 1 : 0));
    }

    public EntityMetrics ToMetrics() => new(
    [
        .. _types.OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new EntityTypeMetrics(type.Key, type.Value.Support, type.Value.Predicted, type.Value.Right)),
    ]);

    private void Add(string type, (long Support, long Predicted, long Right) count)
    {
        (long support, long predicted, long right) = _types.GetValueOrDefault(type);
        _types[type] = (support + count.Support, predicted + count.Predicted, right + count.Right);
    }

    private static void Find(ReadOnlySpan<SpanTag?> tags, ReadOnlySpan<SpanTag?> labels, List<(int First, int Last, string Type)> entities)
    {
        entities.Clear();
        SpanTag outside = new(SpanPosition.Outside, ""), before = outside;
        for (int t = 0; t < tags.Length; t++)
        {
            SpanTag tag = labels[t] is null ? outside : tags[t] ?? outside;
            if (tag.Continues && before.IsOpen && before.Type == tag.Type)
                entities[^1] = entities[^1] with { Last = t };
            else if (tag.Position != SpanPosition.Outside)
                entities.Add((t, t, tag.Type));
            before = tag;
        }
    }
}
