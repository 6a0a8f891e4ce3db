"""The shortest script: an agent does a task in an office that is served here.

python examples/five_lines.py
"""

from palaestra import Agent

with Agent.gym("accounting", task=0) as agent:
    assert agent.task
    result = agent.act(agent.task.goal)
    print(result.outcome, len(result.steps), *result.effects, sep="\n")
