namespace MlNetRecurrent.Tasks;

/// <summary>Regression of every step, with a vector of values as the label.</summary>
internal sealed class RegressionTaggerTask : RegressionTask
{
    public override string Name => "RegressionTagging";

    public override string LabelExpected => "a vector of Single, one a step (ConvertType makes numbers Single)";

    public override bool EveryStep => true;
}
