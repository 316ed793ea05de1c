using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>A tag for each step, where the tags of a sequence depend on each other: a linear-chain conditional random field.</summary>
internal sealed record CrfDefinition : HeadDefinition
{
    /// <summary>The largest number of <see cref="Alternatives"/>.</summary>
    public const int MostAlternatives = 1000;

    /// <summary>The scheme whose rules all predictions follow.</summary>
    public TaggingScheme Scheme { get; init; }

    /// <summary>The names of the tags, where there is a scheme.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// The number of best paths that are predicted; 0 for the best one alone. Models that have none are as in files of older versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Alternatives { get; init; }

    public override string Name => "ConditionalRandomField";

    public override string Description => Scheme == TaggingScheme.None ? Name : $"{Name} ({Scheme})";

    public override string Choice => "UseCrf";

    public override int FirstFormat => 3;

    public override bool CanTag => true;

    public override TaggingScheme LabelScheme => Scheme;

    public override bool WeighsEachLabel => false;

    public override bool CanBeCut => false;

    public override bool Fits(int outputs) => outputs > 0 && Alternatives is >= 0 and <= MostAlternatives && (Scheme == TaggingScheme.None
        ? Tags is null
        : Tags is not null && Tags.Count == outputs && Tags.All(tag => tag is not null) && TagRules.FindFault(Scheme, Tags) is null);

    public override HeadDefinition For(IReadOnlyList<string>? names) =>
        Scheme == TaggingScheme.None ? this : this with { Tags = names };

    public override Head<T> Create<T>(int outputs) => new CrfHead<T>(
        outputs, Tags is null ? null : new TagRules(Scheme, Tags), Alternatives);

    public override HeadDefinition WithoutAlternatives() => this with { Alternatives = 0 };

    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => LossOfEqualClasses(outputs);

    /// <summary>The tag of the best path, which comes after the probabilities.</summary>
    public override int Decode(ReadOnlySpan<float> prediction) => (int)prediction[^(1 + 2 * Alternatives)];

    public bool Equals(CrfDefinition? other) =>
        other is not null && Scheme == other.Scheme && Alternatives == other.Alternatives && (Tags ?? []).SequenceEqual(other.Tags ?? []);

    public override int GetHashCode() => HashCode.Combine(Scheme, Alternatives, Tags?.Count);
}
