namespace MlNetRecurrent.Tasks;

/// <summary>Yes or no for every step, with a vector of Booleans as the label.</summary>
internal sealed class BinaryTaggerTask : BinaryTask
{
    public override string Name => "BinaryTagging";

    public override string LabelExpected => "a vector of Boolean or Single (0, 1, or NaN where it is missing), one a step";

    public override bool EveryStep => true;
}
